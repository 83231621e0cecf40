"""Formulas of the disciplines against published points and physical identities."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quacan.metrology.disciplines import (
    air_density,
    buoyancy,
    conventional_mass,
    earth_resistance,
    electrical_energy,
    pressure_head,
    temperature_scale,
    volume_by_weighing,
    water_density,
)
from quacan.metrology.readings import UnusableReadings

FIXED_POINTS = {
    13.8033: 0.00119007,
    24.5561: 0.00844974,
    54.3584: 0.09171804,
    83.8058: 0.21585975,
    234.3156: 0.84414211,
    302.9146: 1.11813889,
    429.7485: 1.60980185,
    505.078: 1.89279768,
    692.677: 2.56891730,
    933.473: 3.37600860,
    1234.93: 4.28642053,
}
"""ITS-90, Table 1: K, W_r."""


@pytest.mark.parametrize(("kelvin", "ratio"), FIXED_POINTS.items())
def test_its90_reference_function_at_the_fixed_points(kelvin: float, ratio: float) -> None:
    celsius = kelvin - 273.15
    assert float(temperature_scale.its90_reference_ratio(celsius)) == pytest.approx(ratio, abs=1.1e-8)
    assert float(temperature_scale.its90_temperature(ratio)) == pytest.approx(celsius, abs=1.5e-4)


@given(st.floats(-259.3, 961.7))
def test_its90_functions_are_inverse(celsius: float) -> None:
    back = temperature_scale.its90_temperature(temperature_scale.its90_reference_ratio(celsius))
    assert float(back) == pytest.approx(celsius, abs=1.5e-4)


def test_its90_ranges_and_deviation() -> None:
    with pytest.raises(UnusableReadings):
        temperature_scale.its90_reference_ratio(-260.0)
    with pytest.raises(UnusableReadings):
        temperature_scale.its90_temperature(4.3)
    assert float(temperature_scale.its90_deviation(1.0, a=1e-4)) == 0
    assert float(temperature_scale.its90_deviation(3.0, a=1e-4, b=2e-5, c=1e-6)) == pytest.approx(
        2e-4 + 8e-5 + 8e-6
    )


@pytest.mark.parametrize(
    ("celsius", "ohm"),
    [
        (-200, 18.52),
        (-100, 60.26),
        (-50, 80.31),
        (0, 100.0),
        (50, 119.40),
        (100, 138.51),
        (400, 247.09),
        (850, 390.48),
    ],
)
def test_pt100_of_the_table_of_iec_60751(celsius: float, ohm: float) -> None:
    assert float(temperature_scale.pt_resistance(celsius)) == pytest.approx(ohm, abs=0.0051)


@given(st.floats(-200, 850), st.sampled_from([25.5, 100.0, 1000.0]))
def test_pt100_inverse_and_sensitivity(celsius: float, r0: float) -> None:
    resistance = temperature_scale.pt_resistance(celsius, r0=r0)
    assert float(temperature_scale.pt_temperature(resistance, r0=r0)) == pytest.approx(celsius, abs=1e-8)
    if -199 < celsius < 849:
        step = temperature_scale.pt_resistance([celsius - 0.01, celsius + 0.01], r0=r0)
        slope = float(temperature_scale.pt_sensitivity(celsius, r0=r0))
        assert slope == pytest.approx(float(step[1] - step[0]) / 0.02, rel=1e-5)


def test_pt100_tolerances_and_range() -> None:
    assert float(temperature_scale.pt_tolerance(100, accuracy_class="A")) == pytest.approx(0.35)
    assert float(temperature_scale.pt_tolerance(100, accuracy_class="AA")) == pytest.approx(0.27)
    with pytest.raises(UnusableReadings):
        temperature_scale.pt_tolerance(0, accuracy_class="D")
    for outside in (10.0, 400.0):
        with pytest.raises(UnusableReadings):
            temperature_scale.pt_temperature(outside)


@given(st.floats(15, 27), st.floats(90_000, 110_000), st.floats(0, 0.8))
def test_simple_air_density_agrees_within_its_uncertainty(t: float, p: float, h: float) -> None:
    exact, simple = float(air_density.cipm_2007(t, p, h)), float(air_density.simple(t, p, h))
    assert simple == pytest.approx(exact, rel=2.5 * air_density.SIMPLE_RELATIVE_U)


def test_air_density_is_an_ideal_gas_corrected() -> None:
    dry = 28.96546e-3 * 101325 / (8.314472 * 293.15)
    assert float(air_density.cipm_2007(20, 101325, 0)) == pytest.approx(dry, rel=5e-4)
    assert float(air_density.cipm_2007(20, 101325, 0.5)) < dry
    assert float(air_density.saturation_pressure(20)) == pytest.approx(2338.8, abs=1.5)
    assert float(air_density.cipm_2007(20, 101325, 0.5, x_co2=500e-6)) > float(
        air_density.cipm_2007(20, 101325, 0.5)
    )


def test_air_density_takes_columns_and_knows_its_range() -> None:
    densities = air_density.cipm_2007([10.0, 20.0], 101325.0, [0.4, 0.5])
    assert densities.shape == (2,)
    assert air_density.in_cipm_range([10.0, 20.0], 101325.0).tolist() == [False, True]


@pytest.mark.parametrize(
    ("t", "p", "h"), [(20, 101325, 50), (20, 1013.25, 0.5), (293.15, 101325, 0.5), (20, 101325, -0.1)]
)
def test_air_density_refuses_other_units(t: float, p: float, h: float) -> None:
    with pytest.raises(UnusableReadings):
        air_density.cipm_2007(t, p, h)


def test_water_density_of_the_cipm_table() -> None:
    """Tanaka et al. 2001, table of the recommended formula, kg/m³."""
    table = {
        0: 999.8428,
        4: 999.9749,
        10: 999.7027,
        15: 999.1026,
        20: 998.2067,
        25: 997.0470,
        30: 995.6488,
        40: 992.2152,
    }
    for t, density in table.items():
        assert float(water_density.tanaka(t)) == pytest.approx(density, abs=1e-4)
    assert float(water_density.tanaka(20, p=201_325)) - float(water_density.tanaka(20)) == pytest.approx(
        0.0458, abs=2e-4
    )
    assert float(water_density.tanaka(20, air_saturated=True)) == pytest.approx(998.2067 - 0.0025, abs=1e-4)
    assert water_density.iso_4787([5, 20, 40]) == pytest.approx(water_density.tanaka([5, 20, 40]), abs=0.005)


@pytest.mark.parametrize("t", [-0.1, 40.1, math.nan])
def test_water_density_refuses_outside_its_range(t: float) -> None:
    with pytest.raises(UnusableReadings):
        water_density.tanaka(t)
    with pytest.raises(UnusableReadings):
        water_density.iso_4787(t)


@given(st.floats(1, 1e4), st.floats(1000, 22_000))
def test_conventional_mass_both_ways(mass: float, density: float) -> None:
    conventional = conventional_mass.conventional_from_mass(mass, density)
    assert float(conventional_mass.mass_from_conventional(conventional, density)) == pytest.approx(
        mass, rel=1e-14
    )
    buoyant = mass * (1 - 1.2 / density)
    assert buoyant == pytest.approx(float(conventional) * (1 - 1.2 / 8000), rel=1e-13)


def test_buoyancy_of_weights_compared_by_conventional_mass() -> None:
    """The correction equals what the exact balance of forces gives, to first order in air - 1.2."""
    air, test, reference = 1.15, 7850.0, 8000.0
    mass = float(conventional_mass.mass_from_conventional(100.0, reference))
    balanced = mass * (1 - air / reference) / (1 - air / test)
    exact = float(conventional_mass.conventional_from_mass(balanced, test))
    found = conventional_mass.conventional_by_substitution(
        100.0, 0.0, air=air, density=test, reference_density=reference
    )
    assert float(found) == pytest.approx(exact, abs=1e-7)
    assert float(buoyancy.buoyancy_correction(1.2, test, reference)) == 0


def test_buoyancy_factor_balances_forces() -> None:
    indication, air, sample = 10.0, 1.19, 998.2
    mass = float(buoyancy.mass_of_indication(indication, air, sample))
    assert mass * (1 - air / sample) == pytest.approx(indication * (1 - air / 8000), rel=1e-14)
    with pytest.raises(UnusableReadings):
        buoyancy.buoyancy_factor(1.2, 1.0)


@pytest.mark.parametrize(("t", "z"), [(15, 1.0020), (20, 1.0029), (22, 1.0033), (25, 1.0040), (30, 1.0054)])
def test_z_factors_of_iso_8655(t: float, z: float) -> None:
    """At 1013 hPa."""
    air = float(air_density.simple(t, 101_300, 0.5))
    assert float(volume_by_weighing.z_factor(t, air=air)) == pytest.approx(z, abs=1e-4)


def test_volume_shrinks_to_the_reference_temperature() -> None:
    warm = volume_by_weighing.volume_at_reference(10.0, t=25.0, air=1.18, expansion=9.9e-6)
    plain = 10.0 * volume_by_weighing.z_factor(25.0, air=1.18)
    assert float(warm) == pytest.approx(float(plain) * (1 - 9.9e-6 * 5), rel=1e-13)
    given_water = volume_by_weighing.volume_at_reference(10.0, t=20.0, air=1.2, expansion=0.0, water=998.2067)
    assert float(given_water) == pytest.approx(
        10.0 / 0.9982067 * (1 - 1.2 / 8000) / (1 - 1.2 / 998.2067), rel=1e-12
    )


def test_gravity_and_head() -> None:
    assert float(pressure_head.normal_gravity(0.0)) == pytest.approx(9.7803253359)
    assert float(pressure_head.normal_gravity(90.0)) == pytest.approx(9.8321849379, abs=1e-9)
    lower = float(pressure_head.normal_gravity(21.0)) - float(
        pressure_head.normal_gravity(21.0, height=100.0)
    )
    assert lower == pytest.approx(3.086e-4, rel=1e-3)
    up = float(pressure_head.head_pressure(860, 0.5, gravity=9.786, surrounding=1.2))
    assert up == pytest.approx(858.8 * 9.786 * 0.5)
    assert float(pressure_head.head_pressure(860, -0.5, gravity=9.786, surrounding=1.2)) == -up
    with pytest.raises(UnusableReadings):
        pressure_head.head_pressure(860, 0.5, gravity=980.0)


def test_probe_at_61_8_percent_reads_the_true_resistance() -> None:
    true = float(earth_resistance.hemisphere_resistance(100.0, 1.0))
    at = float(earth_resistance.probe_position(50.0))
    seen = float(earth_resistance.apparent_resistance(at, resistivity=100.0, radius=1.0, distance=50.0))
    assert seen == pytest.approx(true, rel=1e-12)
    assert at / 50 == pytest.approx(0.618, abs=5e-4)


def test_fall_of_potential_curve_is_read_and_doubted() -> None:
    x = np.arange(5.0, 96.0, 5.0)
    far = earth_resistance.apparent_resistance(x, resistivity=100.0, radius=1.0, distance=100.0)
    reading = earth_resistance.fall_of_potential(x, far, distance=100.0, tolerance=0.1)
    assert reading.resistance == pytest.approx(100 / (2 * math.pi), rel=2e-3)
    assert reading.flat
    near = earth_resistance.apparent_resistance(x / 10, resistivity=100.0, radius=0.5, distance=10.0)
    steep = earth_resistance.fall_of_potential(x / 10, near, distance=10.0, tolerance=0.02)
    assert not steep.flat
    with pytest.raises(UnusableReadings):
        earth_resistance.fall_of_potential([10, 20, 30], [1, 2, 3], distance=100.0, tolerance=0.1)


def test_resistivity_of_four_probes() -> None:
    assert float(earth_resistance.wenner_resistivity(10, 2)) == pytest.approx(2 * math.pi * 2 * 10)
    buried = float(earth_resistance.wenner_resistivity(10, 2, depth=1000.0))
    assert buried == pytest.approx(4 * math.pi * 2 * 10, rel=1e-3)
    wenner_as_schlumberger = float(earth_resistance.schlumberger_resistivity(10, 3, 2))
    assert wenner_as_schlumberger == pytest.approx(math.pi * (9 - 1) / 2 * 10)
    with pytest.raises(UnusableReadings):
        earth_resistance.schlumberger_resistivity(10, 1, 2)


def test_error_of_an_electricity_meter() -> None:
    reference = electrical_energy.energy_of_power(electrical_energy.active_power(220, 5, 1.0), 360)
    assert float(reference) == pytest.approx(0.11)
    assert electrical_energy.percentage_error([0.1111, 0.11, 0.1089], 0.11) == pytest.approx([1, 0, -1])
    assert float(electrical_energy.error_by_time(176, 1600, 1100, 360)) == pytest.approx(0, abs=1e-12)
    assert float(electrical_energy.active_power(220, 5, 0.5, phases=3)) == 1650
    with pytest.raises(UnusableReadings):
        electrical_energy.percentage_error(1, 0)
