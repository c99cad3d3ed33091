/** Settings of the application: defaults, {@code application.properties}, environment; each value checked. */
package dev.livefeed.app.settings;
