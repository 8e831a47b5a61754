//! The fonts of Typst that are compiled in, in the order of Typst's list: `build.rs` copies those of the
//! families that kosh offers. `typst_assets::fonts()` would compile in all of them, once for each place
//! that calls it.

include!(concat!(env!("OUT_DIR"), "/fonts.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_of_the_two_families_is_there() {
        let families = TYPST.map(|data| {
            let face = ttf_parser::Face::parse(data, 0).unwrap();
            let names = face.names().into_iter();
            // Semibold styles have the name of their family among the typographic names.
            let is_family = |id| {
                [ttf_parser::name_id::TYPOGRAPHIC_FAMILY, ttf_parser::name_id::FAMILY].contains(&id)
            };
            let mut families =
                names.filter(|name| is_family(name.name_id)).filter_map(|name| name.to_string());
            families
                .find(|name| ["Libertinus Serif", "DejaVu Sans Mono"].contains(&&**name))
                .unwrap()
        });
        let count = |family: &str| families.iter().filter(|one| *one == family).count();
        assert_eq!((count("Libertinus Serif"), count("DejaVu Sans Mono")), (6, 4));
    }
}
