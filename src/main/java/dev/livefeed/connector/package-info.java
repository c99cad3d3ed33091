/** The connectors by name, and the command that runs one. */
package dev.livefeed.connector;
