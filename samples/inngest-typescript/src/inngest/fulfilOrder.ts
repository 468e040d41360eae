import { NonRetriableError } from "inngest";
import { charge, reserve, sendReceipt, tellStaff } from "../shop.ts";
import { inngest, orderPlaced } from "./client.ts";

export const fulfilOrder = inngest.createFunction(
  {
    id: "fulfil-order",
    name: "Fulfil an order",
    retries: 3,
    triggers: [orderPlaced],
    onFailure: async ({ event, error, step }) => {
      await step.run("tell-staff", () => tellStaff(`${event.data.run_id} failed: ${error.message}`));
    },
  },
  async ({ event, step }) => {
    const { orderId, email, items } = event.data;
    if (items.length === 0) throw new NonRetriableError(`Order ${orderId} is empty.`);

    const reservations = await Promise.all(items.map((item) => step.run(`reserve-${item.sku}`, () => reserve(item))));
    const total = reservations.reduce((sum, reservation) => sum + reservation.price, 0);

    // The payment provider is busy at the first attempt; the step is tried again.
    const payment = await step.run("charge", () => charge(orderId, total));

    await step.sleep("let-the-customer-change-their-mind", "2s");
    await step.run("send-receipt", () => sendReceipt(email, total));

    return { orderId, total, payment };
  },
);
