/** The server says no: an old session, or too often. */
export class PasskeyRefused extends Error {
  override readonly name = 'PasskeyRefused'
  /** Who signed in long ago signs in again first: a screen left open must not let somebody in for good. */
  readonly isStale: boolean
  constructor(status: number) {
    super(`a passkey was refused with ${status}`)
    this.isStale = status === 401 || status === 403
  }
}

export const mayMakePasskeys = (): boolean =>
  typeof globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON === 'function'

/** Asks the device for a passkey, and the server to keep it. */
export async function makePasskey(): Promise<void> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await ask('generate-register-options'))
  const credential = await navigator.credentials.create({ publicKey })
  if (!(credential instanceof PublicKeyCredential)) throw new Error('the browser has made no passkey')
  await ask('verify-registration', { response: credential.toJSON(), name: navigator.platform })
}

async function ask(path: string, body?: object): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const sent =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(`/auth/passkey/${path}`, { credentials: 'same-origin', ...sent })
  if (!response.ok) throw new PasskeyRefused(response.status)
  return await response.json()
}
