import { brandColoursOf, contrastOf } from '@laurel/contract'
import { useId } from 'react'
import { words } from '../words/words.ts'
import './brand.css'

const swatches = Object.entries(words.settingsRoom.swatches)
const hexPattern = /^#[0-9a-f]{6}$/i

/** One colour for everything that is the shop's own; says what becomes of it where it could not be read. */
export function ColourField({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (colour: string) => void
}) {
  const group = useId()
  const said = words.settingsRoom
  const isSwatch = swatches.some(([colour]) => colour === value)
  return (
    <fieldset className="colour">
      <legend>{said.colour}</legend>
      <div className="swatches">
        {swatches.map(([colour, name]) => (
          <label key={colour} className="swatch" title={name}>
            <input
              type="radio"
              name={group}
              value={colour}
              checked={value === colour}
              onChange={() => onChange(colour)}
              aria-label={name}
            />
            <span style={{ background: colour }} />
          </label>
        ))}
        <label className="swatch other" data-chosen={!isSwatch}>
          <input
            type="color"
            value={hexPattern.test(value) ? value : '#000000'}
            onChange={({ currentTarget }) => onChange(currentTarget.value.toLowerCase())}
          />
          <span>{said.another}</span>
        </label>
      </div>
      <p className="small second">{readableText(value)}</p>
    </fieldset>
  )
}

function readableText(value: string): string {
  const said = words.settingsRoom
  if (!hexPattern.test(value)) return said.hexWrong
  const { colour, onColour, onLight, onDark } = brandColoursOf(value)
  // Downwards: a contrast of 4.46 is not one of 4.5.
  const ratio = (Math.floor(contrastOf(colour, onColour) * 10) / 10).toFixed(1)
  return [
    said.onIt(onColour, ratio),
    onLight === colour && onDark === colour ? said.asItIs : null,
    onLight === colour ? null : said.onLight(onLight),
    onDark === colour ? null : said.onDark(onDark),
  ]
    .filter((each) => each !== null)
    .join(' ')
}
