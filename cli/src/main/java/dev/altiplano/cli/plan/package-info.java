/**
 * {@code altiplano plan}: one class for each verb of the planner. A verb computes an {@link
 * dev.altiplano.cli.plan.Answer}; the printers beside it turn that into tables, Markdown or JSON.
 * Open {@link dev.altiplano.cli.plan.PlanCommand} first. May use module {@code planner} and {@code
 * text}; the program itself knows {@link dev.altiplano.cli.plan.PlanCommand} alone.
 */
@NullMarked
package dev.altiplano.cli.plan;

import org.jspecify.annotations.NullMarked;
