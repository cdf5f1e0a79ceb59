import { brandColoursOf } from '@laurel/contract'
import { words } from '../words/words.ts'
import './brand.css'

/** A member's card in the shop's colour, by day and by night. */
export function BrandPreview({
  shop,
  colour,
  logo,
}: {
  readonly shop: string
  readonly colour: string
  readonly logo: string | null
}) {
  const { onColour, onLight, onDark } = brandColoursOf(colour)
  const said = words.settingsRoom
  const grounds = [
    [said.onLightGround, onLight, 'light'],
    [said.onDarkGround, onDark, 'dark'],
  ] as const
  return (
    <figure className="preview">
      <figcaption className="small second">{said.preview}</figcaption>
      <div className="preview-cards">
        {grounds.map(([name, text, ground]) => (
          <div key={ground} className={`preview-card ${ground}`}>
            <div className="preview-head" style={{ background: colour, color: onColour }}>
              {logo === null ? (
                <span className="preview-letter">{shop.trim().slice(0, 1).toUpperCase()}</span>
              ) : (
                <img src={logo} alt="" />
              )}
              <span className="preview-shop">{shop}</span>
            </div>
            <p className="preview-balance">{said.previewBalance}</p>
            <p className="small">
              {said.previewMore} <span style={{ color: text }}>{said.previewLink}</span>
            </p>
            <p className="preview-ground small">{name}</p>
          </div>
        ))}
      </div>
    </figure>
  )
}
