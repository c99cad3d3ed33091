/** Changes of the running program over HTTP: its sources, their connectors, and the levels of the log. */
package dev.livefeed.app.api.control;
