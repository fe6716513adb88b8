/**
 * The catalogue moves between its pieces without loading a page, as single-page applications do: the chat has to
 * survive that and to learn the new address and title.
 */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const PIECES = {
    mistral: {
      name: "Mistral table",
      price: "€ 1,480",
      text: "A dining table for eight in solid oak, with a rail low enough to rest your feet on.",
      path: "M14 46h112v9H14zM24 55l-6 45M116 55l6 45M30 72h80",
    },
    garrigue: {
      name: "Garrigue chair",
      price: "€ 340",
      text: "Ash, steam-bent back, woven seat. Light enough to lift with one finger, and it stacks.",
      path: "M44 14v86M96 14v86M44 24q26 12 52 0M44 40q26 12 52 0M38 62h64l-6-10H44z",
    },
    thau: {
      name: "Thau shelves",
      price: "€ 220 a metre",
      text: "Shelves up to the ceiling that follow a crooked wall. We fit them on site.",
      path: "M28 10v92M112 10v92M28 14h84M28 42h84M28 70h84M28 98h84M44 42V22M52 42V20M60 42V24M90 70V50M98 70V52",
    },
  };
  const place = document.getElementById("catalogue");

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  };
  const drawing = (piece) => {
    const svg = document.createElementNS(SVG, "svg");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", piece.path);
    svg.setAttribute("class", "drawing");
    svg.setAttribute("viewBox", "0 0 140 112");
    svg.setAttribute("aria-hidden", "true");
    svg.append(path);
    return svg;
  };

  const showAll = () => {
    const cards = Object.entries(PIECES).map(([id, piece]) =>
      element(
        "a",
        { class: "card", href: "catalogue.html?piece=" + id },
        drawing(piece),
        element("h2", {}, piece.name),
        element("p", {}, piece.price),
      ),
    );
    const intro = element("p", {}, "Three pieces, each in as many sizes as there are rooms.");
    place.replaceChildren(element("h1", {}, "Catalogue"), intro, element("div", { class: "grid" }, ...cards));
  };
  const showPiece = (piece) => {
    const words = element(
      "div",
      {},
      element("h1", {}, piece.name),
      element("p", {}, piece.text),
      element("div", { class: "price" }, piece.price),
      element("p", {}, "Made to order in four to six weeks."),
      element("a", { class: "button", href: "#rapport-open" }, "Ask about this piece"),
      element("a", { class: "button quiet", href: "catalogue.html" }, "Back to the catalogue"),
    );
    place.replaceChildren(element("div", { class: "piece" }, drawing(piece), words));
  };
  let shown = null;
  const show = () => {
    // A changed fragment is no other page.
    if (location.search === shown) return;
    shown = location.search;
    const piece = PIECES[new URLSearchParams(location.search).get("piece")];
    document.title = (piece ? piece.name : "Catalogue") + " - Atelier Sud";
    if (piece) showPiece(piece);
    else showAll();
  };

  place.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='catalogue.html']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    show();
    scrollTo(0, 0);
  });
  addEventListener("popstate", show);
  show();
})();
