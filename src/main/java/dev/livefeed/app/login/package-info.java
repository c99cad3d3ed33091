/** Decides who may use the HTTP port: tokens, sessions of browsers, and how often somebody may be wrong. */
package dev.livefeed.app.login;
