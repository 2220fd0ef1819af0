const REMEDIES = [
  [/ENOSPC/, 'the disk is full. Free some space (the packages need 700 MB)'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|SOCKET_TIMEOUT|EPROTO|_CERT|UNABLE_TO_/,
    'npm does not reach its registry. Connect to the network, or give npm your proxy (`npm config set proxy …`)',
  ],
  [/\bE40[137]\b/, "npm's registry refuses access. Check the registry and the login in your .npmrc"],
  [/EACCES|EPERM|EROFS/, 'this folder can not be written. Give yourself the right to write in it'],
  [/EUSAGE/, "package.json and package-lock.json don't agree. Run `npm install` and keep both files"],
];

/** A reason why set-up can't go on, in words that tell the person what to do. */
class SetUpProblem extends Error {
  /** Names the remedy where what was printed gives the cause away; else shows all that was printed. */
  static from(what, printed) {
    const [signs, remedy] = REMEDIES.find(([known]) => known.test(printed)) ?? [
      /^/,
      'the reason stands above. Mend it',
    ];
    const shown = printed.split('\n').filter((line) => signs.test(line));
    const evidence = signs.source === '^' ? shown : shown.slice(-1);
    return new SetUpProblem([...evidence, `${what}: ${remedy}, then run the same command again.`].join('\n'));
  }
}

/** Says on stderr what is being done: stdout belongs to the command that follows. */
function say(sentence) {
  process.stderr.write(`Set-up: ${sentence}\n`);
}

module.exports = { SetUpProblem, say };
