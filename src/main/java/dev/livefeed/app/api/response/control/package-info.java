/** Bodies of the responses about changes of the running program. */
package dev.livefeed.app.api.response.control;
