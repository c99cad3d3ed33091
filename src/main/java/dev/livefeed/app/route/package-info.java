/** The Camel side of the application: data format, converters, dead letters. The routes themselves are YAML files. */
package dev.livefeed.app.route;
