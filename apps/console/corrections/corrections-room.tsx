import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Pager } from '../frame/pager.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useNames } from '../session/names.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import { agoText, amountText, programMomentText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { stateOf } from './correction-state.ts'
import { StartCorrection } from './start-correction.tsx'

const route = getRouteApi('/corrections')

/** From a date on another version should have judged: what was put right so, the latest first. */
export function CorrectionsRoom() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const { may } = useMe()
  const nameOf = useNames()
  const { zone } = useVocabulary().program
  const { data } = useSuspenseQuery({
    queryKey: ['corrections', cursor],
    queryFn: () => client.call('listCorrections', { query: { cursor } }),
  })
  const said = words.correctionRoom
  return (
    <>
      <title>{`${words.corrections} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{words.corrections}</h1>
        <div className="room-acts">{may('programs:write') ? <StartCorrection /> : null}</div>
      </div>
      {data.corrections.length === 0 ? (
        <div className="empty">
          <h2>{said.empty}</h2>
          <p className="second">{said.emptyRemedy}</p>
        </div>
      ) : (
        <div className="sheet">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{said.what}</th>
                <th scope="col">{said.asked}</th>
                <th scope="col">{said.state}</th>
              </tr>
            </thead>
            <tbody>
              {data.corrections.map((each) => (
                <tr key={each.id}>
                  <td>
                    <Link to="/corrections/$correction" params={{ correction: each.id }} className="row-link">
                      {said.title(amountText(each.version), programMomentText(each.from, zone))}
                    </Link>
                    <p className="small second">“{each.reason}”</p>
                  </td>
                  <td className="second">{said.askedBy(nameOf(each.startedBy), agoText(each.startedAt))}</td>
                  <td className="second">{stateOf(each)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager label={said.pages} cursor={cursor} next={data.next} onGo={(to) => navigate({ search: { cursor: to } })} />
    </>
  )
}
