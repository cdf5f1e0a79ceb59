import type { Founded } from '@laurel/contract'
import { Button } from '@mantine/core'
import { words } from '../words/words.ts'
import { FirstSteps } from './first-steps.tsx'

export function ShopIsOpen({ founded: { name, program, signedIn, toReword } }: { readonly founded: Founded }) {
  const said = words.firstRun
  return (
    <>
      <h1>{said.isOpen(name)}</h1>
      <p className="first-run-lead second" role="status">
        {signedIn ? said.isOpenLead : said.notSignedIn}
      </p>
      {toReword.length === 0 ? null : (
        <div className="to-reword">
          <p>{said.toReword}</p>
          <ul>
            {toReword.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
      <div className="sheet">
        <FirstSteps program={program} />
      </div>
      <p className="first-run-onwards">
        <Button component="a" href="/console">
          {signedIn ? said.console : said.signIn}
        </Button>
      </p>
    </>
  )
}
