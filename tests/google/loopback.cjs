// emulate listens on every address of the machine and has no setting for that: what it opens, it opens on the loopback one.

const net = require("node:net");

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (port, ...rest) {
    if (typeof port !== "number") return listen.call(this, port, ...rest);
    return listen.call(this, port, "127.0.0.1", ...rest.filter((one) => typeof one === "function"));
};
