import type { Brand } from '@laurel/contract'

/** The shop's picture, or the first letter of its name on its colour. */
export function ShopMark({ shop: { shop, logo } }: { readonly shop: Brand }) {
  if (logo !== null) return <img className="shop-mark" src={logo} alt="" width={36} height={36} />
  const [letter = ''] = shop.trim()
  return (
    <span className="shop-mark shop-letter" aria-hidden="true">
      {letter.toUpperCase()}
    </span>
  )
}
