// What every npm script starts with; set-up/main.cjs says how it is used.
require('./check-node.cjs');
require('./set-up/main.cjs');
