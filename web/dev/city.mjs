// The fixed part of the fake server: Marseille's real districts, an invented catalogue, and a linear stand-in for Lambert-93.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const folders = [
  process.env.VIGIE_SHARED && join(process.env.VIGIE_SHARED, 'data/marseille'),
  join(here, '../../config/data/marseille'),
  join(here, '../../../shared/data/marseille'),
].filter(Boolean);

function load(...names) {
  for (const folder of folders) {
    for (const name of names) {
      const path = join(folder, name);
      if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'));
    }
  }
  throw new Error(`no ${names[0]}: set VIGIE_SHARED to the folder that holds data/marseille`);
}

const quartiers = load('quartiers.geojson', 'marseille_quartiers.geojson');
const arrondissements = load('arrondissements.geojson', 'marseille_arrondissements.geojson');
const labels = load('quartiers_labels.geojson', 'marseille_quartiers_labels.geojson');
const commune = load('commune.geojson', 'marseille_commune.geojson');
const point = new Map(labels.features.map((f) => [f.properties.code_qua, f.geometry.coordinates]));

const lon0 = 5.37;
const lat0 = 43.29;
const turn = ((lon0 - 3) * 0.7256 * Math.PI) / 180;
const east = 111320 * Math.cos((lat0 * Math.PI) / 180);
const north = 111120;
const x0 = 892390;
const y0 = 6247035;
export function forward([lon, lat]) {
  const e = (lon - lon0) * east;
  const n = (lat - lat0) * north;
  return [x0 + e * Math.cos(turn) - n * Math.sin(turn), y0 + e * Math.sin(turn) + n * Math.cos(turn)];
}
export function inverse([x, y]) {
  const e = (x - x0) * Math.cos(turn) + (y - y0) * Math.sin(turn);
  const n = -(x - x0) * Math.sin(turn) + (y - y0) * Math.cos(turn);
  return [lon0 + e / east, lat0 + n / north];
}

function area_km2(geometry) {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  let total = 0;
  for (const rings of polygons) {
    rings.forEach((ring, index) => {
      let sum = 0;
      const flat = ring.map(forward);
      for (let i = 0; i + 1 < flat.length; i++) sum += flat[i][0] * flat[i + 1][1] - flat[i + 1][0] * flat[i][1];
      total += ((index === 0 ? 1 : -1) * Math.abs(sum)) / 2;
    });
  }
  return total / 1e6;
}

const ordinal = (number) => (number === 1 ? '1er arr.' : `${number}e arr.`);
export const districts = quartiers.features.map((feature, id) => ({
  id,
  code: feature.properties.code_qua,
  name: feature.properties.nom,
  parent: ordinal(Number(feature.properties.insee_arr.slice(3))),
  label: point.get(feature.properties.code_qua) ?? [lon0, lat0],
  area_km2: Math.round(area_km2(feature.geometry) * 1000) / 1000,
  residents: null,
  geometry: feature.geometry,
}));

const themes = [
  ['public_space', 'Espace public', 'Public space'],
  ['property', 'Atteintes aux biens', 'Property'],
  ['roads', 'Circulation et stationnement', 'Traffic and parking'],
  ['tranquillity', 'Tranquillité', 'Tranquillity'],
  ['rescue', 'Secours', 'Rescue'],
  ['other', 'Autres', 'Other'],
].map(([key, label_fr, label_en]) => ({ key, label_fr, label_en }));

const categories = [
  ['waste_dumping', 'public_space', 'Dépôt sauvage', 'Fly-tipping', 18],
  ['street_lighting', 'public_space', 'Éclairage en panne', 'Street light out', 9],
  ['damage', 'public_space', 'Dégradation de mobilier urbain', 'Damaged street furniture', 8],
  ['burglary', 'property', 'Cambriolage', 'Burglary', 5],
  ['vehicle_theft', 'property', 'Vol de véhicule', 'Vehicle theft', 6],
  ['theft_from_vehicle', 'property', 'Vol dans un véhicule', 'Theft from a vehicle', 9],
  ['illegal_parking', 'roads', 'Stationnement gênant', 'Obstructive parking', 22],
  ['collision', 'roads', 'Accident de la circulation', 'Road collision', 7],
  ['noise', 'tranquillity', 'Bruit', 'Noise', 20],
  ['gathering', 'tranquillity', 'Nuisance liée à un rassemblement', 'Nuisance by a gathering', 9],
  ['fireworks', 'tranquillity', 'Tir de mortier ou pétards', 'Fireworks', 4],
  ['fire', 'rescue', 'Feu de poubelle ou de véhicule', 'Bin or vehicle fire', 5],
  ['assistance', 'rescue', 'Assistance à personne', 'Assistance', 6],
  ['unmapped', 'other', 'Catégorie non reconnue', 'Unmapped category', 1],
].map(([key, theme, label_fr, label_en, weight], id) => ({ id, key, theme, label_fr, label_en, weight }));

const sources = [
  ['logbook', 'Main courante de la police municipale'],
  ['reports', 'Signalements des habitants'],
  ['rescue', 'Interventions de secours'],
  ['sensors', 'Capteurs de bruit'],
].map(([key, label], id) => ({
  id,
  key,
  label: label + ' (synthétique)',
  attribution: 'Vigie, données synthétiques',
  licence: 'CC0-1.0',
  last_import: '2026-11-21T04:10:00Z',
}));

const origins = [
  ['unknown', 'Inconnu', 'Unknown'],
  ['resident', 'Signalé par un habitant', 'Reported by a resident'],
  ['patrol', 'Constaté par une patrouille', 'Found by a patrol'],
  ['sensor', 'Capteur', 'Sensor'],
].map(([key, label_fr, label_en], id) => ({ id, key, label_fr, label_en }));

export const catalogue = {
  themes,
  categories: categories.map(({ id, key, theme, label_fr, label_en }) => ({ id, key, theme, label_fr, label_en, stored: true })),
  sources,
  origins,
  districts: districts.map((d) => ({ ...d, geometry: undefined })),
};
export const weights = categories.map((c) => c.weight);

const scale = 20000;
export const city = {
  key: 'marseille',
  name: 'Marseille',
  zone: 'Europe/Paris',
  epsg: 2154,
  synthetic: true,
  box: [5.2, 43.15, 5.56, 43.42],
  centre: [5.38, 43.3],
  attributions: ['Limites : Ville de Marseille, Licence Ouverte 2.0', 'Faits : Vigie, données synthétiques'],
  grid: {
    x0,
    y0,
    scale,
    degree: 1,
    lon: [lon0, (Math.cos(turn) * scale) / east, (Math.sin(turn) * scale) / east],
    lat: [lat0, (-Math.sin(turn) * scale) / north, (Math.cos(turn) * scale) / north],
    max_error_m: 0,
  },
  layers: [
    { key: 'outline', attribution: 'Ville de Marseille' },
    { key: 'arrondissements', attribution: 'Ville de Marseille' },
  ],
  has_districts: true,
  has_residents: false,
  place_count_min: 5,
  data: { events: 0, version: 'mock-1', from: '2023-11-22', to: '2026-11-21' },
  program_version: '0.0.0',
  now: '2026-11-21T13:05:00Z',
};

export const boundaries = {
  districts: {
    type: 'FeatureCollection',
    features: districts.map((d) => ({
      type: 'Feature',
      properties: { id: d.id, code: d.code, name: d.name },
      geometry: d.geometry,
    })),
  },
  arrondissements: {
    type: 'FeatureCollection',
    features: arrondissements.features.map((f, id) => ({
      type: 'Feature',
      properties: { id, code: f.properties.insee_arr, name: ordinal(f.properties.num) },
      geometry: f.geometry,
    })),
  },
  outline: {
    type: 'FeatureCollection',
    features: commune.geometries
      ? commune.geometries.map((geometry, id) => ({
          type: 'Feature',
          properties: { id, code: '13055', name: 'Marseille' },
          geometry,
        }))
      : commune.features,
  },
};
