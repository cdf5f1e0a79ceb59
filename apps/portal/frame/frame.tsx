import type { Brand } from '@laurel/contract'
import type { ReactNode } from 'react'
import { goTo, hrefOf, type Page, pages } from '../session/place.ts'
import { hereText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { Icon } from './icon.tsx'
import { ShopMark } from './shop-mark.tsx'
import './frame.css'

/** Around every page: whose shop it is, where one can go, and a quiet line where the shop cannot be reached. */
export function Frame({
  shop,
  page,
  staleSince,
  children,
}: {
  readonly shop: Brand
  readonly page: Page | null
  /** Since when what is shown has not been told anew; null: it is as it is. */
  readonly staleSince: number | null
  readonly children: ReactNode
}) {
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {words.frame.skip}
      </a>
      <header className="shop-head">
        <ShopMark shop={shop} />
        <span className="shop-name">{shop.shop}</span>
      </header>
      <nav className="tabs" aria-label={words.frame.pages}>
        {pages.map((each) => (
          <a
            key={each}
            href={hrefOf(each)}
            className="tab"
            aria-current={each === page ? 'page' : undefined}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return
              event.preventDefault()
              goTo(each)
            }}
          >
            <Icon name={each} />
            {words.frame[each]}
          </a>
        ))}
      </nav>
      <div role="status" className="line-state">
        {staleSince === null ? null : <p className="stale">{words.frame.asOf(hereText(staleSince))}</p>}
      </div>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}
