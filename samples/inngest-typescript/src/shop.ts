// The shop's own code: it knows nothing of steps.
const prices: Record<string, number> = { bread: 3, milk: 2, honey: 7 };
let charges = 0;

export async function reserve({ sku, quantity }: { sku: string; quantity: number }) {
  const price = prices[sku];
  if (price === undefined) throw new Error(`There is no ${sku}.`);
  console.log(`reserved ${quantity} × ${sku}`);
  return { sku, quantity, price: price * quantity };
}

export async function charge(orderId: string, total: number) {
  charges += 1;
  if (charges % 2 === 1) throw new Error("The payment provider is busy.");
  console.log(`charged ${total} for ${orderId}`);
  return `payment-of-${orderId}`;
}

export async function sendReceipt(email: string, total: number) {
  console.log(`sent a receipt over ${total} to ${email}`);
}

export async function tellStaff(message: string) {
  console.log(`told the staff: ${message}`);
}
