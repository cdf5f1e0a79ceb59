/** A rate that is turned, and what it would have cost. */
export const whatIfWords = {
  whatIf: {
    title: 'What if',
    lead: (members: string, orders: string) =>
      `On ${orders} orders of ${members} of your own members, lived again in this browser by the engine that decides on the server. Nothing is sent or stored.`,
    rate: 'Rate',
    gives: (rule: string, amount: string) => `${rule}: gives ${amount}`,
    multiplies: (rule: string, by: string) => `${rule}: multiplies ${by}`,
    times: (by: string) => `× ${by}`,
    from: (rate: string) => `From ${rate}`,
    to: (rate: string) => `to ${rate}`,
    same: 'Turn the rate: as it stands it changes nothing.',
    now: (amount: string) => `${amount} as it is`,
    turned: (amount: string) => `${amount} then`,
    computed: (milliseconds: string) => `Worked out in ${milliseconds} ms.`,
    noRates: 'No rule of this program gives or multiplies by one number that could be turned.',
    noOrders: 'There are no orders to try it on yet.',
    noOrdersRemedy: 'They come with your shop, or by “laurel import”.',
    begin: 'Begin a draft with it',
    write: 'Write it into the draft',
  },
} as const
