import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { OnlyFor } from '../frame/only-for.tsx'
import { settingsQuery } from '../session/brand.ts'
import { useMe } from '../session/me.ts'
import { useWho } from '../session/people.ts'
import { agoText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { BrandForm } from './brand-form.tsx'
import { Logo } from './logo.tsx'
import './settings-room.css'

/** How the shop looks, and what its program runs by. */
export const SettingsRoom = () => (
  <OnlyFor scope="programs:read" room={words.settings}>
    <Settings />
  </OnlyFor>
)

function Settings() {
  const { data: settings } = useSuspenseQuery(settingsQuery)
  const { may } = useMe()
  const whoOf = useWho()
  const said = words.settingsRoom
  const { program, currency, zone, changedAt, changedBy } = settings
  const facts = [
    [said.currency, currency.code],
    [said.zone, zone.replaceAll('_', ' ')],
    [said.programId, program],
  ]
  return (
    <>
      <title>{`${words.settings} · ${words.name}`}</title>
      <h1>{words.settings}</h1>
      <div className="columns settings">
        <section className="sheet settings-part" aria-labelledby="brand">
          <h2 id="brand">{said.brand}</h2>
          <p className="second">{said.brandLead}</p>
          {may('programs:write') ? null : <p className="second">{said.mayNot}</p>}
          <BrandForm settings={settings} />
          <Logo settings={settings} />
          {changedAt === null || changedBy === null ? null : (
            <p className="small third">{said.changed(agoText(changedAt), whoOf(changedBy))}</p>
          )}
        </section>
        <aside aria-labelledby="runs-by">
          <h2 id="runs-by">{said.runsBy}</h2>
          <p className="second">{said.runsByLead}</p>
          <dl className="facts">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt className="second">{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <Link to="/program">{said.openProgram}</Link>
        </aside>
      </div>
    </>
  )
}
