/**
 * The events a connector process and the application share, and their JSON form: one object a line.
 *
 * <p>This package knows nothing else of the project. Prices and sizes are exact decimals; times are microseconds since
 * 1970 (UTC) inside and milliseconds outside.
 */
package dev.livefeed.event;
