/** The sink file: events in files of a day. */
package dev.livefeed.app.sink.file;
