import type { Transporter } from 'nodemailer'
import type { DatabaseLog } from '../db/database-failure.ts'
import { messageOf } from '../db/database-failure.ts'

/** What is sent to people: plain text, so that a link can be read before it is followed. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** How mail leaves: over SMTP, into a box that a page shows (where Laurel is tried out), or not at all. */
export interface Mailer {
  /** Whether it has left: false where there is no way, or the server did not take it. Never throws. */
  send(mail: Mail): Promise<boolean>
  /** What is in the box, latest first; null: there is none. */
  readonly box: readonly BoxedMail[] | null
  /** Puts something into the box that is no mail. */
  readonly add: (boxed: Mail) => void
  close(): void
}

export interface BoxedMail extends Mail {
  readonly at: string
}

/** Somebody tries a sign-in out; nobody reads further back. */
const boxedMax = 50
/** A mail server that says nothing for so long says nothing at all. */
const silenceMsMax = 10_000

export function createMailer(url: string | undefined, from: string, log: DatabaseLog, now: () => number): Mailer {
  if (url === undefined) return { send: async () => false, box: null, ...noBox, close: () => undefined }
  if (url === 'box') return createBox(now)
  let transport: Transporter | null = null
  const open = async () => {
    // Loaded with the first mail: most servers send none for days.
    const { createTransport } = await import('nodemailer')
    transport ??= createTransport(url, {
      from,
      ...{ connectionTimeout: silenceMsMax, greetingTimeout: silenceMsMax, socketTimeout: silenceMsMax },
      // Never a file or an address of the internet out of what somebody typed.
      ...{ disableFileAccess: true, disableUrlAccess: true },
    })
    return transport
  }
  return {
    send: async ({ to, subject, text }) => {
      try {
        const opened = await open()
        // An object is taken as one address; a text could be read as several.
        await opened.sendMail({ to: { name: '', address: to }, subject, text })
        return true
      } catch (error) {
        // Of the mail itself nothing: it holds an address, and a link that lets in.
        const said = messageOf(error).replaceAll(/\S+@\S+/g, '…')
        log.error({ mailServer: said.slice(0, 300) }, 'a mail was not taken by the mail server')
        return false
      }
    },
    box: null,
    ...noBox,
    close: () => transport?.close(),
  }
}

const noBox = { add: () => undefined }

function createBox(now: () => number): Mailer {
  const box: BoxedMail[] = []
  const add = (mail: Mail) => {
    box.unshift({ ...mail, at: new Date(now()).toISOString() })
    box.length = Math.min(box.length, boxedMax)
  }
  return {
    send: async (mail) => {
      add(mail)
      return true
    },
    box,
    add,
    close: () => undefined,
  }
}
