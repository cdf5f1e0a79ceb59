import type { Price, Program } from '../program/program.ts'

/** A reward that points pay for. */
export interface PricedReward {
  readonly reward: string
  readonly asset: string
  /** What it takes of whoever gets it cheapest. */
  readonly least: number
  /** Null: the price is fixed. */
  readonly chosen: Extract<Price, { type: 'chosen' }> | null
}

/** As the program lists them. */
export const pricedRewards = ({ rewards }: Program): PricedReward[] =>
  [...rewards.values()].flatMap(({ id: reward, price }): PricedReward[] => {
    if (price === null || price.type === 'free') return []
    const chosen = price.type === 'chosen' ? price : null
    const least = price.type === 'chosen' ? price.least : Math.min(...price.choices.map(({ amount }) => amount))
    return [{ reward, asset: price.asset, least, chosen }]
  })
