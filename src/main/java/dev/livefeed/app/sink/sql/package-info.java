/** The sink sql: events as rows of PostgreSQL. */
package dev.livefeed.app.sink.sql;
