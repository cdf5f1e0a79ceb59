// The one script of these pages: only a script can ask the browser for a passkey. Without it everything else works.

const [button] = document.querySelectorAll('[data-passkey="use"]')
const [said] = document.querySelectorAll('[data-passkey="said"]')

async function ask(path, body) {
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(`/auth/passkey/${path}`, body === undefined ? {} : sent)
  if (response.ok) return await response.json()
  throw response.status
}

async function signIn() {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await ask('generate-authenticate-options'))
  // The interface asks that nobody be let in whom the device has not looked at.
  publicKey.userVerification = 'required'
  const credential = await navigator.credentials.get({ publicKey })
  await ask('verify-authentication', { response: credential.toJSON() })
  location.assign(button.dataset.onwards)
}

function reasonOf(status) {
  if (status === 429) return 'Too often. Wait a minute.'
  if (status === 401 || status === 403) return 'It did not work. Sign in with your password.'
  return 'It did not work, or was called off.'
}

if (button !== undefined && globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON !== undefined) {
  button.hidden = false
  button.addEventListener('click', async () => {
    said.hidden = true
    button.disabled = true
    try {
      await signIn()
    } catch (status) {
      said.textContent = reasonOf(status)
      said.hidden = false
    } finally {
      button.disabled = false
    }
  })
}
