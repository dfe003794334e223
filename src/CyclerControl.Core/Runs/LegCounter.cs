namespace CyclerControl.Core.Runs;

/// <summary>Half-cycle and cycle numbers: a leg is a row of steps of one current sign with the rests and holds between.</summary>
internal static class LegCounter
{
    /// <summary>A current step starts.</summary>
    /// <param name="block">Node of the measuring block that the step lies in, or null.</param>
    /// <returns>True when a new cycle began.</returns>
    public static bool BeginStep(ref LegProgress leg, int direction, int? block)
    {
        var newLeg = direction != leg.Sign;
        var newCycle = false;
        if (newLeg)
        {
            leg.Sign = direction;
            leg.HalfCycle++;
            if (leg.FirstSign == 0)
            {
                leg.FirstSign = direction;
            }

            newCycle = direction == leg.FirstSign;
            leg.Cycle += newCycle ? 1 : 0;
        }

        CountBlock(ref leg, direction, block, newLeg);
        return newCycle;
    }

    private static void CountBlock(ref LegProgress leg, int direction, int? block, bool newLeg)
    {
        var blockPlusOne = block + 1 ?? 0;
        if (blockPlusOne != leg.BlockPlusOne)
        {
            leg.BlockPlusOne = blockPlusOne;
            leg.BlockFirstSign = direction;
            leg.BlockCycle = block is null ? 0 : 1;
        }
        else if (block is not null && newLeg && direction == leg.BlockFirstSign)
        {
            leg.BlockCycle++;
        }
    }
}
