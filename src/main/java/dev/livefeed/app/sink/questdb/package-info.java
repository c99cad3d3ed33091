/** The sink questdb: events as rows of QuestDB. */
package dev.livefeed.app.sink.questdb;
