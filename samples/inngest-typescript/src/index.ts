import express from "express";
import { serve } from "inngest/express";
import { inngest, orderPlaced } from "./inngest/client.ts";
import { fulfilOrder } from "./inngest/fulfilOrder.ts";

const app = express();
app.use(express.json());
app.use("/api/inngest", serve({ client: inngest, functions: [fulfilOrder] }));

app.post("/orders", async (request, response) => {
  const { ids } = await inngest.send(orderPlaced.create(request.body));
  response.status(202).json({ event: ids[0] });
});

const port = Number(process.env.PORT ?? 3000);
app.listen(port, "127.0.0.1", () => console.log(`The shop is open at http://127.0.0.1:${port}`));
