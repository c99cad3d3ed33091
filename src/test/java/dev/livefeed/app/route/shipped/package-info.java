/** The shipped route files, each run in a separate Camel Main. */
package dev.livefeed.app.route.shipped;
