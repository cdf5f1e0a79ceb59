import type { OwnCard } from '@laurel/contract'
import { chooseLanguage, languages } from '@laurel/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { chooseTheme, chosenTheme, themes } from '../frame/theme.ts'
import { client } from '../session/client.ts'
import { useDoor } from '../session/own.ts'
import { canHavePasskeys, makePasskey } from '../session/passkey.ts'
import { words } from '../words/words.ts'
import { About } from './about.tsx'
import { Friends } from './friends.tsx'
import { Given } from './given.tsx'
import { OwnData } from './own-data.tsx'
import { Sessions } from './sessions.tsx'
import './me.css'

/** What concerns oneself: how it looks, where one is signed in, and the way out. */
export function MePage({ card }: { readonly card: OwnCard }) {
  return (
    <div className="narrow">
      <h1>{card.name ?? words.me.title}</h1>
      <About card={card} />
      <Friends />
      <Given />
      <Look />
      <Sessions />
      <Passkey />
      <Out />
      <OwnData />
    </div>
  )
}

function Look() {
  const [theme, setTheme] = useState(chosenTheme)
  return (
    <section className="part">
      <h2>{words.me.look}</h2>
      <div className="field">
        <label htmlFor="language">{words.me.language}</label>
        <select
          id="language"
          value={words.language}
          onChange={({ target }) => {
            const chosen = languages.find(({ language }) => language === target.value)
            if (chosen !== undefined) chooseLanguage(chosen.language)
          }}
        >
          {languages.map(({ language, name }) => (
            <option key={language} value={language} lang={language}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="theme">{words.me.theme}</label>
        <select
          id="theme"
          value={theme}
          onChange={({ target }) => {
            const chosen = themes.find((each) => each === target.value) ?? 'auto'
            chooseTheme(chosen)
            setTheme(chosen)
          }}
        >
          {themes.map((each) => (
            <option key={each} value={each}>
              {words.me.themes[each]}
            </option>
          ))}
        </select>
      </div>
    </section>
  )
}

function Passkey() {
  const make = useMutation({ mutationFn: makePasskey })
  if (!canHavePasskeys()) return null
  return (
    <section className="part">
      <p className="second">{words.me.passkeyLead}</p>
      <button type="button" className="button plain" disabled={make.isPending} onClick={() => make.mutate()}>
        {words.me.passkeyMake}
      </button>
      <div role="status">
        {make.isSuccess ? <p className="good">{words.me.passkeyMade}</p> : null}
        {make.error === null ? null : <p className="bad">{words.door.passkeyFailed}</p>}
      </div>
    </section>
  )
}

function Out() {
  const { refetch } = useDoor()
  const leave = useMutation({
    mutationFn: () => client.call('signOutSelf', {}),
    onSuccess: () => refetch(),
  })
  return (
    <section className="part">
      <button type="button" className="button plain" disabled={leave.isPending} onClick={() => leave.mutate()}>
        {words.me.signOut}
      </button>
      <p className="second small">{words.me.signOutLead}</p>
    </section>
  )
}
