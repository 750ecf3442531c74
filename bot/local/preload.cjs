// Loaded into the Agents Playground's Node process before the client itself. It changes nothing of
// what the client does, only where it can be reached from, whom it can reach, and how long it lives.
"use strict";

const http = require("node:http");
const net = require("node:net");

const LOOPBACK = "127.0.0.1";
const LOOPBACK_NAMES = new Set(["localhost", LOOPBACK, "::1"]);
const HOUR_MS = 3600 * 1000;

// Node drops idle connections after 5 s. A bot that keeps its connection to the connector would then
// now and then lose a request; Microsoft's service does not behave like that.
const createServer = http.createServer;
http.createServer = function (...args) {
  const server = createServer.apply(this, args);
  server.keepAliveTimeout = HOUR_MS;
  server.headersTimeout = HOUR_MS + 1000;
  return server;
};

// The client would listen on every interface, without any login.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  const [first] = args;
  if (first !== null && typeof first === "object") {
    if (first.port !== undefined) args[0] = { ...first, host: LOOPBACK };
    return listen.apply(this, args);
  }
  const isSocketPath = typeof first === "string" && !/^\d+$/.test(first);
  if (isSocketPath) return listen.apply(this, args);
  const isPort = typeof first === "number" || typeof first === "string";
  const ready = args.find((arg) => typeof arg === "function");
  const options = { port: isPort ? Number(first) : 0, host: LOOPBACK };
  return ready ? listen.call(this, options, ready) : listen.call(this, options);
};

// With telemetry switched off it still tries Application Insights and the Azure metadata address.
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  const target =
    first !== null && typeof first === "object"
      ? first
      : { port: first, host: typeof args[1] === "string" ? args[1] : "localhost" };
  const host = target.host || "localhost";
  if (target.path || LOOPBACK_NAMES.has(host)) return connect.apply(this, args);
  const refusal = Object.assign(new Error(`no connection outside this machine: ${host}`), {
    code: "ENETUNREACH",
  });
  process.nextTick(() => this.destroy(refusal));
  return this;
};

// Our end of standard input is a pipe held by the parent: when the parent is gone, so is the client.
process.stdin.on("error", () => process.exit(0));
process.stdin.on("close", () => process.exit(0));
process.stdin.resume();
