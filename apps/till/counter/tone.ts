/** Two tones up, or one low one: heard without looking, beside what is shown. Nothing where a device has no voice. */
export function sound(what: 'well' | 'no'): void {
  try {
    const audio = new AudioContext()
    const gain = audio.createGain()
    gain.gain.value = 0.08
    gain.connect(audio.destination)
    const notes = what === 'well' ? [660, 880] : [220]
    notes.forEach((frequency, index) => {
      const note = audio.createOscillator()
      note.frequency.value = frequency
      note.connect(gain)
      note.start(audio.currentTime + index * 0.09)
      note.stop(audio.currentTime + index * 0.09 + 0.08)
    })
    setTimeout(() => void audio.close(), 500)
  } catch {
    // Not allowed before somebody has touched the page.
  }
}
