/** Commands from the application, read from standard input and validated. */
package dev.livefeed.connector.sdk.command;
