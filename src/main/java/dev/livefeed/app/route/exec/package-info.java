/** The connector process as an {@code exec:} endpoint, and the commands sent to it. */
package dev.livefeed.app.route.exec;
