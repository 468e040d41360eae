import { eventType, Inngest, staticSchema } from "inngest";

export const inngest = new Inngest({ id: "corner-shop" });

export type Order = { orderId: string; email: string; items: { sku: string; quantity: number }[] };

export const orderPlaced = eventType("shop/order.placed", { schema: staticSchema<Order>() });
