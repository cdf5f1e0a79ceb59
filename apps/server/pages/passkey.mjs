// The one script of these pages: only a script can ask the browser for a passkey. Without it everything else works.

const [use] = document.querySelectorAll('[data-passkey="use"]')
const [make] = document.querySelectorAll('[data-passkey="make"]')
const [said] = document.querySelectorAll('[data-passkey="said"]')

const say = (text) => {
  said.textContent = text
  said.hidden = false
}

// Staff and members come in by two doors, which have nothing of each other.
const { at = '/auth', onwards = '/', kept = '/account?done=passkey' } = (use ?? make)?.dataset ?? {}

const ask = async (path, body) => {
  const response = await fetch(`${at}/passkey/${path}`, {
    credentials: 'same-origin',
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  if (response.ok) return await response.json()
  throw response.status
}

const offer = (button, work) => {
  if (button === undefined || globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON === undefined) return
  button.hidden = false
  button.addEventListener('click', async () => {
    said.hidden = true
    button.disabled = true
    try {
      await work()
    } catch (status) {
      say(reasonOf(status))
    } finally {
      button.disabled = false
    }
  })
}

const reasonOf = (status) => {
  if (status === 429) return 'Too often. Wait a minute.'
  if (status === 401 || status === 403) return 'It did not work. Sign in again, then try once more.'
  return 'It did not work, or was called off.'
}

offer(use, async () => {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await ask('generate-authenticate-options'))
  // The interface asks that nobody be let in whom the device has not looked at.
  publicKey.userVerification = 'required'
  const credential = await navigator.credentials.get({ publicKey })
  await ask('verify-authentication', { response: credential.toJSON() })
  location.assign(onwards)
})

offer(make, async () => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await ask('generate-register-options'))
  const credential = await navigator.credentials.create({ publicKey })
  const name = navigator.userAgentData?.platform ?? navigator.platform
  await ask('verify-registration', { response: credential.toJSON(), name })
  location.assign(kept)
})
