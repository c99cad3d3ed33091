/** Bodies about recordings: how far the replay of one is, and what is being recorded. */
package dev.livefeed.app.api.response.recording;
