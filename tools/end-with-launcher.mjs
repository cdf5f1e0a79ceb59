// Loaded by `node26.mjs` into what it starts: whoever is started ends as by SIGTERM when the launcher is gone, also by kill -9,
// which no launcher can pass on. A server left behind would hold its port and its folder, and nobody would see whose it is.

// Processes and threads that are started from here inherit this file, and end with whoever started them.
if (process.env['LAUREL_LAUNCHER'] === String(process.ppid) && process.channel) {
  process.once('disconnect', () => {
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(143)
  })
  // To listen must not keep alive what is done.
  process.channel.unref()
}
