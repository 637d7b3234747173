package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Dimension;
import dev.altiplano.planner.quantity.Dimension.Base;

/** The measures that rules look for. */
final class Dimensions {
    static final Dimension GPU = Dimension.of(Base.GPU);
    static final Dimension POWER = Dimension.of(Base.POWER);
    static final Dimension TIME = Dimension.of(Base.TIME);
    static final Dimension ENERGY = POWER.times(TIME);
    static final Dimension MASS = Dimension.of(Base.MASS);
    static final Dimension MONEY = Dimension.of(Base.MONEY);
    static final Dimension DATA = Dimension.of(Base.DATA);
    static final Dimension TOKENS = Dimension.of(Base.TOKEN);
    static final Dimension PARAMETERS = Dimension.of(Base.PARAMETER);
    static final Dimension OPERATIONS = Dimension.of(Base.OPERATION);
    static final Dimension TOKEN_RATE = TOKENS.over(TIME);
    static final Dimension OPERATION_RATE = OPERATIONS.over(TIME);
    static final Dimension PER_GPU = Dimension.NONE.over(GPU);

    private Dimensions() {}
}
