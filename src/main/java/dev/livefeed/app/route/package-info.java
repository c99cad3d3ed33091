/** Where Camel meets the rest: data format, converters, dead letters. The behaviour is in the YAML routes. */
package dev.livefeed.app.route;
