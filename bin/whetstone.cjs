#!/usr/bin/env node
require('../scripts/check-node.cjs');
require('../scripts/launch.cjs');
