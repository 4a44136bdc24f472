// A little help where there is JavaScript; every page works without it.
"use strict";
