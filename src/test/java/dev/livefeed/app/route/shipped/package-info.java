/** The shipped route files, each run in a Camel Main of its own. */
package dev.livefeed.app.route.shipped;
