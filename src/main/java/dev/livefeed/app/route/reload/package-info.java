/** Route files: reading, trial of an edit in a separate context, and replacement of the running routes. */
package dev.livefeed.app.route.reload;
