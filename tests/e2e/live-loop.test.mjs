// A visitor writes on a customer's site, a rep answers in the app, the visitor reads it: both ways live, on both databases.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectAccessible, launch, newPage, shot, shows, signIn } from './browser.mjs';
import { PRIYA, startServer } from './server.mjs';

for (const engine of ['sqlite', 'postgres']) {
  test(`the live loop ${engine}`, async (t) => {
    const server = await startServer(engine);
    t.after(server.stop);
    const browser = await launch();
    t.after(() => browser.close());

    const rep = await newPage(browser);
    await signIn(rep, server.base, PRIYA);
    await rep.getByRole('link', { name: /^Unassigned/ }).click();

    const visitor = await newPage(browser);
    await visitor.goto(`${server.base}/demo-site/pricing.html#rapport-open`);
    const chat = visitor.frameLocator('iframe');
    const box = chat.getByRole('textbox', { name: 'Your message' });
    await box.waitFor();
    assert.deepEqual(await visitor.context().cookies(), [], 'the chat sets no cookies');
    const question = `Is the oak table still available? ${Date.now()}`;
    await box.fill(question);
    await box.press('Enter');
    await chat.getByText(question).first().waitFor();

    // INBOX-18, 23, 42, 45: the new conversation appears by itself, at the top.
    const row = rep.getByRole('link', { name: new RegExp('Visitor') }).filter({ hasText: question }).first();
    await row.waitFor();
    await row.click();
    await rep.getByRole('log').getByText(question).waitFor();
    await shot(rep, `live-loop-${engine}`);

    const answer = 'Yes, two of them. Shall I keep one for you?';
    const editor = rep.getByRole('textbox', { name: /reply/i });
    await editor.click();
    await rep.keyboard.type(answer);
    await chat.getByText('Priya Raman is writing').first().waitFor();
    await rep.keyboard.press('Control+Enter');
    await chat.getByText(answer).first().waitFor();
    await shot(visitor, `live-loop-visitor-${engine}`);

    // Typing reaches the rep, and so does the visitor's second message.
    await box.pressSequentially('Yes pl');
    await rep.getByText(/is writing/).first().waitFor();
    await box.fill('Yes please!');
    await box.press('Enter');
    await rep.getByRole('log').getByText('Yes please!').waitFor();

    // INBOX-70: a comment is seen by the team, never by the visitor.
    await rep.getByRole('tab', { name: 'Comment' }).click();
    await rep.getByRole('textbox', { name: /comment/i }).click();
    await rep.keyboard.type('Board 14 is the better one');
    await rep.keyboard.press('Control+Enter');
    await rep.getByRole('log').getByText('Board 14 is the better one').waitFor();

    // INBOX-89, CONV-124: closing; a new message opens the conversation again.
    await rep.getByRole('button', { name: /^Close/ }).first().click();
    await chat.getByText(/was closed/).first().waitFor();
    assert.equal(await chat.getByText('Board 14').count(), 0, 'a comment reached the visitor');
    await expectAccessible(rep, 'the inbox');
    assert.deepEqual(visitor.complaints, []);
    shows('live loop', engine, 'INBOX-18', 'INBOX-69', 'INBOX-70', 'INBOX-89', 'CONV-114');
    shows('live loop, the visitor', engine, 'CONV-123', 'CONV-124', 'INBOX-23');
  });
}
