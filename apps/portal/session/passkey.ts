/** What a browser and the shop say to each other about passkeys; only a script can ask a browser for one. */

export const canHavePasskeys = (): boolean =>
  'PublicKeyCredential' in globalThis &&
  'parseRequestOptionsFromJSON' in PublicKeyCredential &&
  // Passkeys are for names: a browser makes none for an address of numbers.
  !/^[\d.:[\]]+$/.test(location.hostname)

async function ask(path: string, body?: object): Promise<unknown> {
  const response = await fetch(`/member-auth/passkey/${path}`, {
    credentials: 'same-origin',
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(String(response.status))
  return await response.json()
}

const asJson = (credential: Credential | null): unknown => {
  if (credential instanceof PublicKeyCredential) return credential.toJSON()
  throw new Error('no passkey was chosen')
}

export async function enterWithPasskey(): Promise<void> {
  const options = (await ask('generate-authenticate-options')) as PublicKeyCredentialRequestOptionsJSON
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  // Nobody is let in whom the device has not looked at.
  publicKey.userVerification = 'required'
  await ask('verify-authentication', { response: asJson(await navigator.credentials.get({ publicKey })) })
}

export async function makePasskey(): Promise<void> {
  const options = (await ask('generate-register-options')) as PublicKeyCredentialCreationOptionsJSON
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const response = asJson(await navigator.credentials.create({ publicKey }))
  await ask('verify-registration', { response, name: navigator.platform })
}
