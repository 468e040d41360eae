// How each framework serves a handler at a path. next, remix and edge are called by a plain HTTP server as their frameworks call them.
import { createServer } from "node:http";
import { serve as serveFetch } from "@hono/node-server";
import express from "express";
import fastify from "fastify";
import { createApp, createRouter, eventHandler, toNodeListener } from "h3";
import { Hono } from "hono";
import { sendTwice } from "./sending.mjs";

const host = "127.0.0.1";
const methods = ["GET", "POST", "PUT"];

export const frameworks = {
  express: ({ routes, port, executor, ledger }) => {
    const app = express();
    app.use(express.json({ limit: "40mb" }));
    for (const { wanted, path, handler } of routes) {
      app.use(path, (request, _, next) => {
        if (request.method === "POST" && request.headers["x-run-id"]) ledger.add(request.headers["x-run-id"], "called");
        next();
      });
      app.use(path, handler);
      app.post(`/send-twice/${wanted.id}`, async (request, response) => response.json(await sendTwice(wanted, executor, request.body)));
    }
    return listening((done) => app.listen(port, host, done));
  },

  fastify: async ({ routes: [{ path, handler }], port }) => {
    const app = fastify({ bodyLimit: 40 * 1024 * 1024 });
    app.route({ method: methods, url: path, handler });
    await app.listen({ port, host });
  },

  hono: ({ routes: [{ path, handler }], port }) => {
    const app = new Hono();
    app.on(methods, path, handler);
    return listening((done) => serveFetch({ fetch: app.fetch, port, hostname: host }, done));
  },

  nuxt: ({ routes: [{ path, handler }], port }) => {
    const app = createApp();
    app.use(createRouter().use(path, eventHandler(handler)));
    return listening((done) => createServer(toNodeListener(app)).listen(port, host, done));
  },

  // A route of the app router exports a function for each method.
  next: ({ routes: [{ handler }], port }) => listening((done) => serveFetch({ fetch: (request) => handler[request.method](request, {}), port, hostname: host }, done)),

  // A resource route exports it as both loader and action.
  remix: ({ routes: [{ handler }], port }) => listening((done) => serveFetch({ fetch: (request) => handler({ request, params: {}, context: {} }), port, hostname: host }, done)),

  edge: ({ routes: [{ handler }], port }) => listening((done) => serveFetch({ fetch: (request) => handler(request), port, hostname: host }, done)),
};

const listening = (listen) => new Promise((done) => listen(done));
