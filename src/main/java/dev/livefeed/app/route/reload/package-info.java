/** Route files: reading, trial of an edit in a context of its own, and replacement of the running routes. */
package dev.livefeed.app.route.reload;
