import type { Brand } from '@laurel/contract'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { ShopMark } from '../frame/shop-mark.tsx'
import { client, forgetAnswers, isProblem } from '../session/client.ts'
import { useDoor } from '../session/own.ts'
import { canHavePasskeys, enterWithPasskey } from '../session/passkey.ts'
import { program } from '../session/place.ts'
import { words } from '../words/words.ts'
import './door.css'

/** The way in: a code to the address that the shop has, or a passkey. */
export function SignIn({ shop }: { readonly shop: Brand }) {
  const [contact, setContact] = useState<string | null>(null)
  const { refetch } = useDoor()
  const enter = () => void refetch()
  useEffect(forgetAnswers, [])
  return (
    <main className="door">
      <ShopMark shop={shop} />
      <h1>{words.door.welcome(shop.shop)}</h1>
      {contact === null ? (
        <Contact onSent={setContact} onEntered={enter} />
      ) : (
        <Code contact={contact} onEntered={enter} onOther={() => setContact(null)} />
      )}
    </main>
  )
}

const typedIn = (event: FormEvent<HTMLFormElement>, name: string): string => {
  event.preventDefault()
  return String(new FormData(event.currentTarget).get(name) ?? '').trim()
}

function Contact({
  onSent,
  onEntered,
}: {
  readonly onSent: (contact: string) => void
  readonly onEntered: () => void
}) {
  const [isMissing, setMissing] = useState(false)
  const send = useMutation({
    mutationFn: (contact: string) =>
      client.call('sendOwnCode', { path: { program }, body: { contact, language: words.language } }),
    onSuccess: (_, contact) => onSent(contact),
  })
  const passkey = useMutation({ mutationFn: enterWithPasskey, onSuccess: onEntered })
  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          const contact = typedIn(event, 'contact')
          setMissing(contact === '')
          if (contact !== '') send.mutate(contact)
        }}
      >
        <p className="second">{words.door.lead}</p>
        <label htmlFor="contact">{words.door.contact}</label>
        <input
          id="contact"
          name="contact"
          autoComplete="username webauthn"
          maxLength={254}
          dir="auto"
          aria-invalid={isMissing}
          aria-describedby={isMissing ? 'contact-missing' : undefined}
        />
        {isMissing ? (
          <p id="contact-missing" className="bad" role="alert">
            {words.door.missing}
          </p>
        ) : null}
        {send.error === null ? null : <ProblemView error={send.error} />}
        <button type="submit" className="button wide" disabled={send.isPending}>
          {words.door.send}
        </button>
      </form>
      {canHavePasskeys() ? (
        <button
          type="button"
          className="button plain wide"
          disabled={passkey.isPending}
          onClick={() => passkey.mutate()}
        >
          {words.door.passkey}
        </button>
      ) : null}
      {passkey.error === null ? null : (
        <p className="bad" role="alert">
          {words.door.passkeyFailed}
        </p>
      )}
    </>
  )
}

function Code({
  contact,
  onEntered,
  onOther,
}: {
  readonly contact: string
  readonly onEntered: () => void
  readonly onOther: () => void
}) {
  const enter = useMutation({
    mutationFn: (code: string) => client.call('enterOwnCode', { path: { program }, body: { contact, code } }),
    onSuccess: onEntered,
  })
  const isWrong = isProblem(enter.error, 'wrong-code') || isProblem(enter.error, 'invalid-request')
  return (
    <form noValidate onSubmit={(event) => enter.mutate(typedIn(event, 'code'))}>
      <p className="second">{words.door.sent(contact)}</p>
      <label htmlFor="code">{words.door.code}</label>
      <input
        id="code"
        name="code"
        className="code-input"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        dir="ltr"
        aria-invalid={isWrong}
        aria-describedby={isWrong ? 'code-wrong' : undefined}
      />
      {isWrong ? (
        <p id="code-wrong" className="bad" role="alert">
          {words.door.wrong}
        </p>
      ) : enter.error === null ? null : (
        <ProblemView error={enter.error} />
      )}
      <button type="submit" className="button wide" disabled={enter.isPending}>
        {words.door.enter}
      </button>
      <button type="button" className="button plain wide" onClick={onOther}>
        {words.door.other}
      </button>
    </form>
  )
}
